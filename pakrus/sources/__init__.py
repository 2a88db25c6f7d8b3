"""What publishers publish: one module per producer, which reads its files and checks that they are what was recorded.

In: the publishers' own files, each verified against the sha256 in `sources.toml` (`files`). Out: tidy tables under the
book's names of states, still in the publisher's units, with known errors mended as `corrections.toml` says. There is no
number of ours here and nothing is imported from the measures: what the book makes of the files is in `pakrus.tables`.
"""
