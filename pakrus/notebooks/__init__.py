"""The notebooks as files: executed and stored in one form, the texts of their links written, the frame of a new one."""
