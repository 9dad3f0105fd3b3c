/** An edit that Entra would refuse, with Graph's own code and message. */
export class RefusedEdit extends Error {
  readonly status: 400 | 403 | 404;
  readonly code: string;

  constructor(status: 400 | 403 | 404, code: string, message: string) {
    super(message);
    this.name = "RefusedEdit";
    this.status = status;
    this.code = code;
  }
}

export function notFound(id: string): RefusedEdit {
  return new RefusedEdit(
    404,
    "Request_ResourceNotFound",
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
