// Replicates a database of so many documents to pouchdb-server, and says how many milliseconds that took.
// node pouch.js FILE PORT BATCH: a document a line in the file; the folder has node_modules.
const fs = require("fs");
const { createRequire } = require("module");
const PouchDB = createRequire(process.cwd() + "/")("pouchdb");
const [file, port, batch] = process.argv.slice(2);
const documents = fs.readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
(async () => {
  const name = "made" + Date.now();
  const here = new PouchDB(name);
  for (let n = 0; n < documents.length; n += 1000) await here.bulkDocs(documents.slice(n, n + 1000));
  const there = new PouchDB(`http://127.0.0.1:${port}/${name}`);
  await there.info();
  const began = process.hrtime.bigint();
  const said = await here.replicate.to(there, { batch_size: Number(batch), batches_limit: 10 });
  const took = Number(process.hrtime.bigint() - began) / 1e6;
  if (said.docs_written !== documents.length) throw new Error("not all of them arrived");
  console.log(took);
  await here.destroy();
})().catch((error) => { console.error(error); process.exit(1); });
