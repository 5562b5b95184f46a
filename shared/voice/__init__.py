"""Sentences and sounds without Qt: what is rendered, which recordings there are, how they are joined."""
