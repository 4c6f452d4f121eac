"""The kit: one page with every widget in every state, in both themes and all sizes of text. `./run kit` opens it."""
