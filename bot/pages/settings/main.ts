import './settings.ts';
import './settings.css';
