"""Training of the models from the gold corpus."""
