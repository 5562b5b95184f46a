"""What a printer makes of ESC/POS bytes: told apart, read back and painted. For previews, the demo and tests."""
