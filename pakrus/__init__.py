"""Data, measures, figures and page extensions of *Pakistan and Russia since 1947: an executable history*."""

__version__ = "0.1.0"
