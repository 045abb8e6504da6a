import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { loadScript } from 'lightning/platformResourceLoader';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import ELEMENTS from '@salesforce/resourceUrl/accord';
import IS_CONVERTED from '@salesforce/schema/Lead.IsConverted';
import OWNER from '@salesforce/schema/Lead.OwnerId';
import STAGE from '@salesforce/schema/Lead.Accord_Stage__c';
import { LEAD_STATE_QUERY } from './leadStateQuery';
import { isInForce, isNoAccess, toFieldNames, toMessage, toStateRow, toUnshared, toValues } from './readAnswers';

const BEAT_MS = 2000;
/** Beats between two looks while nothing is expected. */
const IDLE_BEATS = 5;
/** The service answers within seconds; after this the change evidently made no difference. */
const WATCH_MS = 30000;
const OWN_FIELDS = [IS_CONVERTED, OWNER, STAGE].map((field) => `${field.objectApiName}.${field.fieldApiName}`);

/** Hosts <accord-lead-card>: loads the elements and feeds them what this user may see of the lead and its stage. */
export default class AccordLeadCard extends LightningElement {
    /** Id of the lead whose page this is. */
    @api recordId;

    query = LEAD_STATE_QUERY;
    locale = LOCALE;
    timeZone = TIME_ZONE;
    ready = false;
    problem = '';
    now = Date.now();
    watchUntil = 0;

    answered = false;
    inForce = false;
    state;
    stateErrors;
    refreshState;
    fieldNames = [];
    record;
    recordProblem;

    // neither is shown
    beats = 0;
    ownRefresh = false;

    async connectedCallback() {
        // relative times and the service's answer move with the clock
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        this.timer = setInterval(() => this.beat(), BEAT_MS);
        try {
            await loadScript(this, `${ELEMENTS}/core.js`);
            this.ready = true;
        } catch {
            this.problem =
                'Accord could not load its screen. Reload the page, or ask your administrator to install it again.';
        }
    }

    disconnectedCallback() {
        clearInterval(this.timer);
    }

    get variables() {
        return this.recordId ? { leadId: this.recordId } : undefined;
    }

    get fields() {
        return [...OWN_FIELDS, ...this.fieldNames];
    }

    @wire(graphql, { query: '$query', variables: '$variables' })
    applyState({ data, errors, refresh }) {
        this.refreshState = refresh ?? this.refreshState;
        if (errors?.length) this.stateErrors = errors;
        else if (data) {
            this.inForce = isInForce(data);
            this.takeState(toStateRow(data));
        }
    }

    @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
    applyLead({ data, error }) {
        if (error) this.recordProblem = toMessage(error);
        if (!data) return;
        const changed = this.record && JSON.stringify(this.values) !== JSON.stringify(toValues(data, this.fieldNames));
        if (changed && !this.ownRefresh) this.watchUntil = Date.now() + WATCH_MS;
        this.ownRefresh = false;
        this.recordProblem = undefined;
        this.record = data;
    }

    get values() {
        return toValues(this.record, this.fieldNames);
    }

    get card() {
        if (this.stateErrors && !this.state) {
            return isNoAccess(this.stateErrors)
                ? { status: 'no-access' }
                : { status: 'failed', problem: this.stateErrors.map(toMessage).join(' ') };
        }
        if (this.recordProblem) return { status: 'failed', problem: this.recordProblem };
        if (this.answered && !this.state && !this.inForce) return { status: 'none' };
        if (!this.answered || !this.record) return { status: 'loading' };
        if (!this.state) return { status: 'not-shared', ...toUnshared(this.record) };
        return {
            status: 'ready',
            ...this.state,
            values: this.values,
            converted: this.record.fields.IsConverted?.value === true,
            checking: this.now < this.watchUntil,
        };
    }

    handleRetry() {
        this.stateErrors = undefined;
        this.recordProblem = undefined;
        this.refresh();
        this.readLeadAgain();
    }

    /** A newer row means that the service has seen something, perhaps a change of the lead that this page has not. */
    takeState(state) {
        const isNews = this.answered && state?.writtenAt !== this.state?.writtenAt;
        this.answered = true;
        this.stateErrors = undefined;
        this.state = state;
        const names = toFieldNames(state?.receipt);
        if (names.join() !== this.fieldNames.join()) {
            // what was read for other fields says nothing of whether these may be seen
            this.record = undefined;
            this.fieldNames = names;
        } else if (isNews) {
            this.readLeadAgain();
        }
        if (isNews) this.watchUntil = 0;
    }

    readLeadAgain() {
        this.ownRefresh = true;
        notifyRecordUpdateAvailable([{ recordId: this.recordId }]);
    }

    beat() {
        if (document.hidden) {
            // look at once when the page is shown again
            this.beats = 0;
            return;
        }
        if (this.now < this.watchUntil || this.beats % IDLE_BEATS === 0) {
            this.now = Date.now();
            this.refresh();
        }
        this.beats += 1;
    }

    async refresh() {
        try {
            await this.refreshState?.();
        } catch (error) {
            this.stateErrors = [{ message: toMessage(error) }];
        }
    }
}
