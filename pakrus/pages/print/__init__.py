"""The book on paper: an HTML file for each part of three volumes, and the PDFs that are set from them, a chapter's own among them."""
