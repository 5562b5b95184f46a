"""The hub: the only owner of the database file. Everyone else asks it over the LAN. Knows no Qt."""
