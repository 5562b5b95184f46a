"""The officer's desk: call the next visitor, and see who waits."""
