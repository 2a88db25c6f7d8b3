"""The notebooks as files: executed and stored in one form, their link texts written, new ones begun."""
