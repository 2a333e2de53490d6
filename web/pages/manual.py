"""The API's manual, made from its own OpenAPI description: nothing is loaded from elsewhere to show it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from web.render import page

routes = APIRouter(include_in_schema=False)


@routes.get("/api/docs", response_class=HTMLResponse)
def manual(request: Request) -> HTMLResponse:
    """Every address with its parameters and the fields of its answer."""
    described = request.app.openapi()
    models = described["components"]["schemas"]
    calls = [
        {
            "path": path,
            "summary": operation["description"],
            "parameters": [_parameter(one) for one in operation.get("parameters", [])],
            "answer": _type(_answer(operation)),
        }
        for path, methods in described["paths"].items()
        for operation in methods.values()
    ]
    fields = {
        name: [_field(key, value) for key, value in model.get("properties", {}).items()]
        for name, model in models.items()
    }
    about = {name: model.get("description", "") for name, model in models.items()}
    return page(request, "manual.html", calls=calls, fields=fields, about=about)


def _answer(operation: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    schema = one["schema"]
    return {
        "name": one["name"],
        "type": _type(schema),
        "required": one["required"],
        "default": schema.get("default"),
        "about": one.get("description", ""),
    }


def _field(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": _type(schema), "about": schema.get("description", "")}


def _type(schema: dict[str, Any]) -> str:
    """A JSON Schema as one short word or two.

    >>> _type({"anyOf": [{"type": "string"}, {"type": "null"}]})
    'string or null'
    """
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if isinstance(inner := schema.get("additionalProperties"), dict):
        return f"mapping to {_type(inner)}"
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    return str(schema.get("type", "any"))
