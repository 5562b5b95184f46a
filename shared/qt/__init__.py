"""What the three apps share of Qt: the look, the hub seen from Qt, starting up, being driven by plays."""
