"""What Antre is held to, measured on the machine at hand: `antre bench`."""
