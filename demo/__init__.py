"""The demonstration: the real programs with a printer made of software, played by people or by a script."""
