"""What scripts/terminal-svg is made of."""
