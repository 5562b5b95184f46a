"""The voice of an app: sentences to sound in one child program, sound to the default device in another."""
