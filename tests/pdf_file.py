"""What tests read out of a PDF without a library for it."""

import contextlib
import re
import zlib


def opened(content):
    """A PDF with its compressed streams opened."""
    found = [content]
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.S):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompress(match.group(1)))
    return b"\n".join(found)
