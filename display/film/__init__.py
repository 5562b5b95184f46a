"""Films beside the calls: played by a program of its own, whose frames the TV shows."""
