import { MCPAuth } from '@mcp-auth/express';
import { telemetry } from '@mcp-auth/opentelemetry';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import express from 'express';

const exporter = new PrometheusExporter({ host: '127.0.0.1', port: 9464 });
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [exporter] }));

const resource = 'http://localhost:3000/mcp';
const authorizationServers = ['https://auth.example.com'];
const mcpAuth = new MCPAuth({ resource, authorizationServers, onEvent: telemetry(), log: true });

const app = express().use(mcpAuth.protectedResourceMetadataRouter());
app.all('/mcp', mcpAuth.bearerAuth(), (request, response) => void response.json(request.method));
app.listen(3000, '127.0.0.1');
