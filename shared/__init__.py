"""What more than one room of Antre needs: the wire, the words, the hall's configuration. Imports no room."""

__version__ = "0.1.0"
