/** Why one component cannot be deployed, in the platform's words; calls that answer codes use `statusCode`. */
export class DeployError extends Error {
  readonly statusCode: string;

  constructor(message: string, statusCode = 'FIELD_INTEGRITY_EXCEPTION') {
    super(message);
    this.name = 'DeployError';
    this.statusCode = statusCode;
  }
}
