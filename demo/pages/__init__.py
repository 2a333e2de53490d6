"""What the replica's pages look like: each module the markup of one kind of site."""
