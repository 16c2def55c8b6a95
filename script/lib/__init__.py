"""Parts shared by `script/server` and `script/test`; standard library only."""
