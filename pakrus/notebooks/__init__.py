"""The chapters as files: executed and stored in one form, and the frame of a new one."""
