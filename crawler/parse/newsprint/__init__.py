"""A printed article on a web page: its headline group, its paragraphs, its pictures, its place in the paper."""
