"""`python -m cli`: the command `xha` where its script is not on the PATH."""

from cli.main import main

main()
