"""What ours is measured against is the same receipt: its words, on one page, with its codes."""

import unicodedata
from importlib.util import find_spec

import pytest
import zxingcpp

from models.text import ascii_digits
from tests.bench.paper_peers import PEERS, said_by
from tests.printing.papers import picture_of, receipt, text_of, words_of


@pytest.mark.usefixtures("qapp")
@pytest.mark.filterwarnings("ignore:HarfBuzz-Subset will be required")
@pytest.mark.parametrize("name", PEERS)
def test_a_peer_draws_the_whole_receipt_on_one_page(name: str) -> None:
    if not find_spec(PEERS[name].package):
        pytest.skip("the group `bench` is not installed")
    values = receipt()
    pdf = PEERS[name].make()(said_by(values))
    # Qt's text is made of presentation forms
    pages = [ascii_digits(unicodedata.normalize("NFKC", page)) for page in text_of(pdf)]
    assert len(pages) == 1
    assert {"معاونت", "تمدید", "بازرسی", "1405"} <= set(words_of(pages[0]))
    read = {code.text for code in zxingcpp.read_barcodes(picture_of(pdf, 300))}
    assert read == {values.payload, values.tracking_code}
