"""Chinese personal names: spelling for search, keys for 姓名笔画 and 拼音 order. Django-free."""
