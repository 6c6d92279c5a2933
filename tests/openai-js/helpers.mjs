// The methods that are not called, each with the reason. A name that the client does not have (any more) fails the run.
const REASONS = {
    'asks again and again until a state is reached; what it calls is called here by itself': [
        'files.waitForProcessing',
        'beta.threads.createAndRunPoll',
        'beta.threads.runs.createAndPoll',
        'beta.threads.runs.poll',
        'beta.threads.runs.submitToolOutputsAndPoll',
        'vectorStores.files.createAndPoll',
        'vectorStores.files.poll',
        'vectorStores.files.uploadAndPoll',
        'vectorStores.fileBatches.createAndPoll',
        'vectorStores.fileBatches.poll',
        'vectorStores.fileBatches.uploadAndPoll',
    ],
    'calls two methods one after the other; both are called here by themselves': [
        'vectorStores.files.upload',
        'beta.agents.environments.files.prepare',
        'beta.agents.environments.files.upload',
    ],
    'calls create with stream: true and gathers the events; create is called here with stream: true': [
        'beta.agents.sessions.stream',
        'beta.threads.createAndRunStream',
        'beta.threads.runs.createAndStream',
        'beta.threads.runs.stream',
        'beta.threads.runs.submitToolOutputsStream',
        'chat.completions.stream',
        'responses.stream',
    ],
    'calls create and reads its answer further; create is called here': [
        'chat.completions.parse',
        'chat.completions.runTools',
        'responses.parse',
    ],
    'never touches the network': [
        'beta.agents.sessions.artifacts.forResult',
        'webhooks.unwrap',
        'webhooks.verifySignature',
    ],
};

const REASON_OF = new Map(Object.entries(REASONS).flatMap(([reason, names]) => names.map((name) => [name, reason])));

/** Why this method is not called, or undefined. */
export const helperReason = (name) => REASON_OF.get(name);

/** The names above that are not among these. */
export const unknownHelpers = (names) => [...REASON_OF.keys()].filter((name) => !names.includes(name));
