{{- define "leeward.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "leeward.selector" -}}
app.kubernetes.io/name: leeward
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "leeward.labels" -}}
{{ include "leeward.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}
