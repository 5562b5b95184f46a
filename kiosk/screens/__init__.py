"""The kiosk's screens: they show a `Scene` and hand on touches; they hold no rules."""
