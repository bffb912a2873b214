"""The procedure, pure: values in, values out; no disk, no clock, no chance."""
