"""The book on paper: one HTML file of all pages, and the PDF that is set from it."""
