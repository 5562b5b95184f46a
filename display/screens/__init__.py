"""What a lobby TV shows, one widget a file. Screens hold no rules: they show a `display.board.View`."""
