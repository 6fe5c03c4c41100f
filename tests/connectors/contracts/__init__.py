"""Each kind of source as the contract test sees it: one file a kind, called like it."""
