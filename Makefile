# Thin: every target is one command of book.py. More arguments: make test ARGS="-k trade"
PYTHON ?= python3

.PHONY: book test run new lab check pdf epub clean
book test run new lab check pdf epub clean:
	$(PYTHON) book.py $@ $(ARGS)
