import './insight.ts';
import './insight.css';
