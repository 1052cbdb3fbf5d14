"""The commands of `kg`: thin, each calls one room and prints a table. Rooms are imported inside functions."""
