"""What `run.py` does before a program runs: verbs, virtual environment, system packages. Standard library only."""
