"""Measures: pure functions from data frames to data frames. They read no file and draw nothing."""
