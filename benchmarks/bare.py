"""The floor of the stack: a bare FastAPI app that answers an empty POST, served as the hub serves itself."""

import argparse

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.post("/")
async def empty() -> None:
    """Answer nothing."""


def main() -> None:
    """Serve on the port given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    uvicorn.run(app, host="127.0.0.1", port=parser.parse_args().port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
