"""What the three apps share of Qt: the look, the hub seen from Qt, starting up, and being driven by a play."""
