import type { ValidateFunction } from 'ajv';
import type {
  GatewayResponseDefinition,
  MethodDefinition,
  StageDefinition,
  ValidatorDefinition,
} from './definitions';
import type { ResponseType } from './gateway-refusal';
import type { GatewayResponses } from './gateway-response';
import type { RequestRules } from './validate-request';

export interface Route {
  readonly method: MethodDefinition;
  readonly resourcePath: string;
  readonly rules: RequestRules;
}

/** What a stage serves: the API as it was when the deployment was made. */
export interface DeploymentSnapshot {
  /** By `POST /events`. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly gatewayResponses: GatewayResponses;
}

/** One REST API as its resources describe it. */
export class RestApi {
  readonly rootResourceId: string;
  readonly stages = new Map<string, StageDefinition>();
  private readonly paths = new Map<string, string>();
  private readonly methods: MethodDefinition[] = [];
  private readonly models = new Map<string, ValidateFunction>();
  private readonly validators = new Map<string, ValidatorDefinition>();
  private readonly gatewayResponses: Partial<Record<ResponseType, GatewayResponseDefinition>> = {};
  private readonly deployments = new Map<string, DeploymentSnapshot>();

  constructor(
    readonly id: string,
    readonly name: string = id,
  ) {
    this.rootResourceId = `${id}root`;
    this.paths.set(this.rootResourceId, '');
  }

  addResource(id: string, parentId: string, pathPart: string): void {
    this.paths.set(id, `${this.pathOf(parentId)}/${pathPart}`);
  }

  addModel(name: string, validate: ValidateFunction): void {
    this.models.set(name, validate);
  }

  addValidator(id: string, validator: ValidatorDefinition): void {
    this.validators.set(id, validator);
  }

  addMethod(method: MethodDefinition): void {
    this.requireUndeployed(`${method.httpMethod} ${this.pathOf(method.resourceId)}`);
    this.methods.push(method);
  }

  addGatewayResponse(type: ResponseType, response: GatewayResponseDefinition): void {
    this.requireUndeployed(`the gateway response ${type}`);
    this.gatewayResponses[type] = response;
  }

  deploy(deploymentId: string): void {
    const routes = this.methods.map((method) => {
      const resourcePath = this.pathOf(method.resourceId) || '/';
      const rules = this.rulesOf(method);
      return [`${method.httpMethod} ${resourcePath}`, { method, resourcePath, rules }] as const;
    });
    const gatewayResponses = { ...this.gatewayResponses };
    this.deployments.set(deploymentId, { routes: new Map(routes), gatewayResponses });
  }

  addStage(stage: StageDefinition): void {
    this.deploymentOf(stage);
    this.stages.set(stage.name, stage);
  }

  deploymentOf(stage: StageDefinition): DeploymentSnapshot {
    const deployment = this.deployments.get(stage.deploymentId);
    if (!deployment) throw new Error(`Stage ${stage.name} names a deployment that does not exist`);
    return deployment;
  }

  private pathOf(resourceId: string): string {
    const path = this.paths.get(resourceId);
    if (path === undefined) throw new Error(`Resource ${resourceId} does not exist in REST API ${this.id}`);
    return path;
  }

  private rulesOf(method: MethodDefinition): RequestRules {
    const models = Object.entries(method.requestModels).map(([type, name]) => [type, this.modelOf(name)]);
    const validator = method.validatorId === undefined ? undefined : this.validators.get(method.validatorId);
    return { validator, models: Object.fromEntries(models), parameters: method.requestParameters };
  }

  private modelOf(name: string): ValidateFunction {
    const model = this.models.get(name);
    if (!model) throw new Error(`Model ${name} does not exist in REST API ${this.id}`);
    return model;
  }

  /** A deployment is a snapshot: what is made after it would be missing from the stage on AWS, silently. */
  private requireUndeployed(what: string): void {
    if (this.deployments.size === 0) return;
    throw new Error(`The deployment does not depend on ${what}, a stage on AWS would not have it`);
  }
}
