"""Changes a line of the product at random and looks whether some test notices; see `script/mutants`."""
