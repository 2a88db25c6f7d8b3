"""What only HTML needs: markup for assistive technology, formulas, and a theme cut down to what the pages use."""
