"""`python -m joinedup` is the `joinedup` command."""

from joinedup.commands import main

if __name__ == "__main__":
    main.run()
