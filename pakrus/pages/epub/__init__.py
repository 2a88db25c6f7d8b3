"""The reader's edition as an e-book (EPUB 3): the text of the volume on paper, for reading systems."""
