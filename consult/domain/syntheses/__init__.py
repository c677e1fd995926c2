"""The synthesis of a consultation: its content once composed, whole and the same for everyone."""
