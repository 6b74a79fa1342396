# The language's own name, as the menu shows it.
language-name = English
