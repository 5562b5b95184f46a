"""The lobby TV: shows and speaks the number that is called."""
