"""The desk's screens: they show and pass presses on; they hold no rules."""
