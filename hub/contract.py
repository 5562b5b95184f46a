"""What OpenAPI says of the types: each stands once, among the components, and is named where it is used."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

_PLACE = "#/components/schemas/"

Schema = dict[str, Any]


def named(model: type[BaseModel]) -> Schema:
    """A reference to a type; `with_types` brings the type itself."""
    return {"$ref": f"{_PLACE}{model.__name__}"}


def with_types(contract: Schema, models: list[type[BaseModel]]) -> Schema:
    """The contract with these types, and those they are made of, among its components; what is there already stays."""
    _, told = models_json_schema([(model, "validation") for model in models], ref_template=_PLACE + "{model}")
    types = contract.setdefault("components", {}).setdefault("schemas", {})
    contract["components"]["schemas"] = told["$defs"] | types
    return contract
