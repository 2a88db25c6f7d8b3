"""What the book makes of its sources: the derived tables."""
